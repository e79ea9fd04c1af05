var config = makeConfig(); start();
