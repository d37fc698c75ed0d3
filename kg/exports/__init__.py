"""The graph in other forms: NetworkX, pyvis, and the explorer, a page that needs no server."""
