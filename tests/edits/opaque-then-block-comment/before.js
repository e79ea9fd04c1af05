var config = makeConfig() /* made
over there */;
start();
