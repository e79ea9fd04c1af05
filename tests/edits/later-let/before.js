let interfaceConfig = { a: 1 };
