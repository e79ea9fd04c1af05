var config = makeConfig()
start()
