/* The commands: one row each. */
#include "commands/command.h"

const Command command_table[] = {
    {"new", "KIND ID", N_("make a new file from a template, in the right folder, valid as it stands"),
     N_("KIND is one of publication, chapter, case, session, reflection, thread, imprint.\n"
        "ID names the file: small letters, digits and hyphens. An existing file is never overwritten.\n\n"
        "Examples:\n"
        "  rotonde new case noor\n"
        "  rotonde new session keukentafel --case noor --date 2025-03-14\n"
        "  rotonde new chapter wat-en-waarom --in cases/samen-verder-kijken"),
     command_new},
    {"check", "[PATH...]", N_("check schema, rules and references; writes nothing"),
     N_("Without PATH the whole workspace is checked; with it, only what concerns those files or folders is shown.\n"
        "A PATH that ends in .pdf is checked as a finished file, against the conditions of PDF/UA-1 that a machine can test.\n"
        "Where there is a list of real names they are looked for; --history looks in all that git remembers too.\n"
        "In texts about a family, places, institutions, whole dates and exact ages are pointed at, unless a note on their line allows them:\n"
        "<!-- allowed: place: why -->. --coarsen does the same where all is fiction.\n\n"
        "Examples:\n"
        "  rotonde check\n"
        "  rotonde check cases/noor\n"
        "  rotonde check --history\n"
        "  rotonde check --coarsen\n"
        "  rotonde check out/samen-verder-kijken/samen-verder-kijken.pdf\n"
        "  rotonde check --format json"),
     command_check},
    {"build", "[ID...]", N_("check, then write out/ID/ID.html and the other forms"),
     N_("Without ID every publication is built. What is up to date is left as it is. Old outputs stay until the new ones are whole.\n"
        "--profile review makes a working copy with notes and codes, named ID-review.\n\n"
        "Examples:\n"
        "  rotonde build\n"
        "  rotonde build samen-verder-kijken --to html --to fo\n"
        "  rotonde build samen-verder-kijken --profile review"),
     command_build},
    {"watch", "[ID]", N_("rebuild on every save; live preview in the browser, on this machine only"),
     N_("Shows the web page and the pages of the PDF side by side, errors over them with a link that opens the editor. The address it prints works\n"
        "on this computer only, and changes every time. ROTONDE_EDITOR, or --editor, names the editor's address; without either it is Visual Studio Code's.\n\n"
        "Examples:\n"
        "  rotonde watch\n"
        "  rotonde watch samen-verder-kijken --open\n"
        "  rotonde watch --editor 'obsidian://open?path=%f'"),
     command_watch},
    {"list", "[KIND]", N_("what there is, and its state"),
     N_("KIND is one of publication, chapter, case, session, reflection, thread, imprint, person, organisation, rotonde; without it\n"
        "everything is listed. Or it is threads (how many quotes stand by each), quotes (each once, however often it stands in the\n"
        "texts) or voices (how many quotes, and words, of whom in each chapter). IDS are ids with commas between.\n\n"
        "Examples:\n"
        "  rotonde list\n"
        "  rotonde list person --format json\n"
        "  rotonde list threads --by kind\n"
        "  rotonde list quotes --thread vertragen --role youth,parent\n"
        "  rotonde list voices --publication samen-verder-kijken"),
     command_list},
    {"consent", "[PERSON]", N_("who agreed to what, where it is used, and what a withdrawal touches"),
     N_("PERSON is the id of a person or of a portrait; with it every place is shown, with file and line. Of what was withdrawn every edition (a tag\n"
        "in git) that held it is named, and every finished output in out/ that holds it, or may. --within says how far ahead is looked for what ends.\n"
        "Nothing is changed; what you do about an edition that is out is yours to decide.\n\n"
        "Examples:\n"
        "  rotonde consent\n"
        "  rotonde consent moeder-noor\n"
        "  rotonde consent --within 30\n"
        "  rotonde consent --format json"),
     command_consent},
    {"names", "add|test|count [FILE...]", N_("the list of real names, and looking for them; prints no name"),
     N_("add asks for a real name, which is not shown, and a pseudonym, and keeps them in the list; the list is made when it is not there.\n"
        "test looks for the names of the list in files or, without FILE, in standard input; it tells entry numbers and places.\n"
        "count says how many persons are in the list. Each looks whether the list is yours alone and outside every git repository.\n"
        "The list is rotonde/names in your configuration folder, unless --names or git's setting rotonde.names says otherwise.\n\n"
        "Examples:\n"
        "  rotonde names add\n"
        "  rotonde names add Noor\n"
        "  rotonde names test brief.txt\n"
        "  rotonde names count --names ~/veilig/namen"),
     command_names},
    {"diff", "[REV [REV2]]", N_("what changed between two versions: a report to read and to print"),
     N_("REV is an edition (ID/2), a date (2025-03-14, 2025-03), a branch or a commit; without it each publication's last edition. Without REV2 it is\n"
        "compared with the files as they are now. Documents are compared, not lines: a file that was moved or renamed is not a change.\n"
        "Removed words stand in [-...-], new ones in {+...+}. A report is for those who work on a publication: it shows what was withdrawn too.\n\n"
        "Examples:\n"
        "  rotonde diff\n"
        "  rotonde diff samen-verder-kijken/1 --to pdf\n"
        "  rotonde diff 2025-03-14 HEAD --publication samen-verder-kijken --to html"),
     command_diff},
    {"edition", "ID", N_("build a publication and tag it in git as an edition"),
     N_("The number is what the publication's <edition> says; the tag is called ID/NUMBER. What git does not have as it stands is refused, and so\n"
        "is an edition that is there already, or a publication with errors. The tag stays on this computer until: git push --tags\n\n"
        "Examples:\n"
        "  rotonde edition samen-verder-kijken\n"
        "  git push --tags"),
     command_edition},
    {"verify", "FILE...", N_("whether finished files are what was released, and what was checked then"),
     N_("A public build writes a release record beside its outputs, ID.release.json: what was checked, on which version, and a digest of every output.\n"
        "FILE is an output, a record (then everything it names) or a folder. Without --record the record beside each file is used; a copy that has another\n"
        "name is known by its contents. The record tells that no known name was found, not that nobody can be recognised.\n"
        "Exit status: 0 all is as it was released; 1 something is not, or nothing says so; 3 a file cannot be read.\n\n"
        "Examples:\n"
        "  rotonde verify out/samen-verder-kijken\n"
        "  rotonde verify out/samen-verder-kijken/samen-verder-kijken.pdf\n"
        "  rotonde verify --record samen-verder-kijken.release.json ~/Downloads/rapport.pdf"),
     command_verify},
    {"export", "qdc|qdpx [ID]", N_("a codebook or project for a program for qualitative analysis (REFI-QDA)"),
     N_("ID is a publication; its stories' sessions go along, as plain text with their quotes selected and coded. What a build refuses, an export\n"
        "refuses. qdc is the codebook alone: the red threads, what helped and what did not, the rotondes.\n\n"
        "Examples:\n"
        "  rotonde export qdpx samen-verder-kijken\n"
        "  rotonde export qdc samen-verder-kijken --out codes.qdc"),
     command_export},
    {"import", "qdpx FILE", N_("coded transcripts from a program for qualitative analysis (REFI-QDA)"),
     N_("Every text of the project becomes a session of the case, in its folder, valid as it stands: what a person of the case says becomes a quote,\n"
        "codes become ours where their names or identifiers are the same. An existing file is never overwritten; what cannot be kept is listed.\n\n"
        "Examples:\n"
        "  rotonde import qdpx gesprekken.qdpx --case noor\n"
        "  rotonde import qdpx gesprekken.qdpx --case noor --date 2025-03-14 --kind professional-interview"),
     command_import},
    {"hook", "install|remove|status", N_("let git look for real names before it commits and pushes"),
     N_("install puts three hooks in the repository: pre-commit looks at what stands ready to be committed, commit-msg at the message, pre-push at\n"
        "every commit that leaves. A hook of your own is kept and runs first. What is found is told by entry and place, never by name.\n"
        "remove takes them away and puts your own back; status tells what is there. A build looks again, for hooks can be passed by.\n\n"
        "Examples:\n"
        "  rotonde hook install\n"
        "  rotonde hook status"),
     command_hook},
    {"format", "FILE.fo", N_("the typesetter alone: any XSL-FO document to PDF"),
     N_("Pictures are looked for from the folder of the FO file. What is not supported is said, with its line, and formatting goes on.\n\n"
        "Examples:\n"
        "  rotonde format report.fo -o report.pdf\n"
        "  rotonde format report.fo --to areas -o report.xml"),
     command_format},
    {NULL, NULL, NULL, NULL, NULL},
};
