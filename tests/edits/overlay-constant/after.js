const interfaceConfig = { a: 1 };
// >>> rebrand: made from interface_config.toml, edit it there
interfaceConfig.a = 3;
// <<< rebrand
