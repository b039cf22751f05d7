(0,PSM.provide)("published",{});
