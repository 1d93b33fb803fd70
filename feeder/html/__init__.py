"""HTML on its way into a feed: what is rewritten before nh3, what a feed may carry, what an excerpt takes."""
