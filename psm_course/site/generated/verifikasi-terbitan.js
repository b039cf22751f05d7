(()=>{var o=PSM.provide;o("published",{});})();
