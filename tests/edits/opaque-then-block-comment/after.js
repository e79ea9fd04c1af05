var config = makeConfig() /* made
over there */;
config.a = 3;
start();
