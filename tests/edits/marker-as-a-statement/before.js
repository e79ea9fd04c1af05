<!--# include virtual="/local.js" -->
var config = {
    a: 1,
};
<!--# include virtual="/more.js" -->
