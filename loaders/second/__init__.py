"""The optional second reader: a model behind any OpenAI-compatible endpoint, whose every fact must quote the text."""
