var config = makeConfig();
