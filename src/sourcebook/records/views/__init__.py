"""The shapes that readers see, in the web app, on the command line and from programs."""
