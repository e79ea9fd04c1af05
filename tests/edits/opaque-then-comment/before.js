var config = makeConfig(); // made
start();
