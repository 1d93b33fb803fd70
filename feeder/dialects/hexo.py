"""Hexo: posts in ``source/_posts``, what the site says in ``_config.yml``."""

from __future__ import annotations

from feeder.fieldnames import COMMON
from feeder.kinds import Dialect

DIALECT = Dialect.of("hexo", COMMON, flavor="commonmark", beside="folder", beside_needs="post_asset_folder")
