// Apache FOP on many documents in one run: reads lines "CONFIGURATION DOCUMENT OUTPUT MIME", separated by tabs. What goes wrong with one, or takes
// too long, is written to OUTPUT.log. MIME is application/pdf or application/X-fop-areatree, which the configuration must have fonts for.
// Run from source by tests/compare-fop.
import java.io.*;
import java.nio.file.*;
import javax.xml.transform.*;
import javax.xml.transform.sax.SAXResult;
import javax.xml.transform.stream.StreamSource;
import org.apache.fop.apps.*;

class Fop {
	static final int LIMIT = 30000; // milliseconds for one document

	static void format(File configuration, File document, File output, String mime) throws Exception {
		FopFactory factory = new FopConfParser(configuration).getFopFactoryBuilder().setComplexScriptFeatures(false).build();
		try (OutputStream out = new BufferedOutputStream(new FileOutputStream(output))) {
			org.apache.fop.apps.Fop fop = factory.newFop(mime, factory.newFOUserAgent(), out);
			TransformerFactory.newInstance().newTransformer().transform(new StreamSource(document), new SAXResult(fop.getDefaultHandler()));
		}
	}

	static void write(String path, Throwable wrong) {
		try (PrintWriter log = new PrintWriter(path)) {
			wrong.printStackTrace(log);
		} catch (IOException e) {
		}
	}

	static void run(String[] names) {
		File output = new File(names[2]);
		try {
			format(new File(names[0]), new File(names[1]), output, names[3]);
		} catch (Throwable e) {
			output.delete();
			write(names[2] + ".log", e);
		}
	}

	@SuppressWarnings("removal")
	public static void main(String[] arguments) throws Exception {
		BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
		for (String line; (line = in.readLine()) != null;) {
			String[] names = line.split("\t");
			Thread thread = new Thread(() -> run(names));
			thread.setDaemon(true);
			thread.start();
			thread.join(LIMIT);
			if (thread.isAlive()) {
				thread.stop();
				thread.join(LIMIT);
				new File(names[2]).delete();
				write(names[2] + ".log", new Exception("TimeException: not done after " + LIMIT / 1000 + " s"));
			}
		}
	}
}
