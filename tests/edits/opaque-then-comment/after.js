var config = makeConfig(); // made
config.a = 3;
start();
