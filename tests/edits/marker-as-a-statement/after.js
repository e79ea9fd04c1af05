<!--# include virtual="/local.js" -->
var config = {
    a: 2,
};
<!--# include virtual="/more.js" -->
