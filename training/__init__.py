"""How the data files of the local judge are made. Nothing here is installed; `make judge DATA=folder` runs it."""
