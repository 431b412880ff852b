// Loaded before a snippet of a server's that has none itself: the server.
setInterval(() => {}, 1_000)
