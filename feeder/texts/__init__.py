"""One kind of text each: dates, URLs, languages, slugs, names. Strangers to feeds."""
