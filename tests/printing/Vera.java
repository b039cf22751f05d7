import java.io.File;
import java.io.PrintStream;
import java.util.TreeSet;
import java.util.logging.LogManager;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.validation.profiles.RuleId;

/** Asks veraPDF about files: `java Vera.java 3a,ua1 FILE…`. One line a file and flavour, fields between tabs:
    file name, flavour, compliant, assertions tried, rules broken. */
class Vera {
    public static void main(String[] arguments) throws Exception {
        PrintStream out = System.out;
        System.setOut(System.err); // the engine may chat; the answer stays clean
        LogManager.getLogManager().reset();
        VeraGreenfieldFoundryProvider.initialise();
        for (int index = 1; index < arguments.length; index++)
            for (String flavour : arguments[0].split(","))
                out.println(judged(new File(arguments[index]), PDFAFlavour.byFlavourId(flavour)));
    }

    static String judged(File file, PDFAFlavour flavour) throws Exception {
        var foundry = Foundries.defaultInstance();
        try (var parser = foundry.createParser(file, flavour); var validator = foundry.createValidator(flavour, false)) {
            var result = validator.validate(parser);
            var broken = new TreeSet<String>();
            for (RuleId rule : result.getFailedChecks().keySet()) broken.add(rule.getClause() + "-" + rule.getTestNumber());
            return String.join("\t", file.getName(), flavour.getId(), "" + result.isCompliant(), "" + result.getTotalAssertions(), String.join(" ", broken));
        }
    }
}
