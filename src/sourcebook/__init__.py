"""Sourcebook: a source library for knowledge bases."""

__version__ = "0.1.0"
