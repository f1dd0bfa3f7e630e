"""`python -m sourcebook` is `sourcebook`."""

from sourcebook.cli import main

main()
