let interfaceConfig = { a: 3 };
