"""The public site: what anybody may read, the same page for everybody, without scripts."""
