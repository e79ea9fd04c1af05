<!--# include virtual="/interface_config_base.js" -->
<!--#include file="local.js" -->
