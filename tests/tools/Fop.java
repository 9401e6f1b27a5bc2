// Apache FOP on many documents in one run: reads lines "CONFIGURATION DOCUMENT PDF", separated by tabs. What goes wrong with one is written to PDF.log.
// Run from source by tests/compare-fop.
import java.io.*;
import java.nio.file.*;
import javax.xml.transform.*;
import javax.xml.transform.sax.SAXResult;
import javax.xml.transform.stream.StreamSource;
import org.apache.fop.apps.*;

class Fop {
	static void format(File configuration, File document, File pdf) throws Exception {
		FopFactory factory = new FopConfParser(configuration).getFopFactoryBuilder().setComplexScriptFeatures(false).build();
		try (OutputStream out = new BufferedOutputStream(new FileOutputStream(pdf))) {
			org.apache.fop.apps.Fop fop = factory.newFop(MimeConstants.MIME_PDF, factory.newFOUserAgent(), out);
			TransformerFactory.newInstance().newTransformer().transform(new StreamSource(document), new SAXResult(fop.getDefaultHandler()));
		}
	}

	public static void main(String[] arguments) throws IOException {
		BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
		for (String line; (line = in.readLine()) != null;) {
			String[] names = line.split("\t");
			File pdf = new File(names[2]);
			try {
				format(new File(names[0]), new File(names[1]), pdf);
			} catch (Throwable e) {
				pdf.delete();
				try (PrintWriter log = new PrintWriter(names[2] + ".log")) {
					e.printStackTrace(log);
				}
			}
		}
	}
}
