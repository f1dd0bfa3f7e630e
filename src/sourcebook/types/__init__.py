"""The nouns of Sourcebook: frozen values, one word per idea.

Times are aware and in UTC. Offsets count Unicode code points and are half-open: `text[start:end] == quote`.
Lines and columns count from 1.
"""
