var config = makeConfig()
config.a = 3;