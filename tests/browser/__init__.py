"""What only a real browser can tell. Run by `make axe`, not by the ordinary tests: it needs Chromium and npm."""
