(()=>{PSM.published={};})();
