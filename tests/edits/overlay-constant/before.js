const interfaceConfig = { a: 1 };
