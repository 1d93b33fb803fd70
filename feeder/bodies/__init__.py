"""Bodies as they are written: which parts are code, links and pictures with their positions, headings, comments."""
