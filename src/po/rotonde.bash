# Completion of rotonde in bash: commands, options, and the ids of this workspace.
_rotonde()
{
	local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} command= word
	local -a words=()
	for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
		[[ $word == -* ]] || { command=$word; break; }
	done
	case $previous in
	-C|--directory|--out|-o|--in) mapfile -t COMPREPLY < <(compgen -d -- "$current"); return ;;
	--names|--record|-r) mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
	--lang) words=(nl en) ;;
	--format) words=(text json) ;;
	--profile|-p) words=(public review) ;;
	--to|-t) words=(html pdf fo xml areas timeline poster guide check-copy poster-fo guide-fo check-copy-fo) ;;
	--publication|--depend) mapfile -t words < <(rotonde list publication --ids 2>/dev/null) ;;
	--thread|--rotonde|--session) mapfile -t words < <(rotonde list "${previous#--}" --ids 2>/dev/null) ;;
	--speaker) mapfile -t words < <(rotonde list person --ids 2>/dev/null) ;;
	--role) words=(youth parent guardian sibling relative professional researcher) ;;
	--kind) [[ $command == import ]] && words=(family-interview professional-interview joint-meeting learning-session) || words=(helping not-helping) ;;
	--by) words=(case kind role) ;;
	--case) mapfile -t words < <(rotonde list case --ids 2>/dev/null) ;;
	*)
		case $command,$current in
		,*) words=(new check build watch diff edition verify list consent names hook export import format) ;;
		new,-*) words=(--case --date --title --in) ;;
		check,-*) words=(--history --coarsen --names --jobs) ;;
		build,-*) words=(--names --to --profile --case --person --out --force --jobs) ;;
		watch,-*) words=(--open --port --editor) ;;
		list,-*) words=(--ids --depend --publication --case --thread --rotonde --session --speaker --role --kind --by --names) ;;
		consent,-*) words=(--within --names) ;;
		consent,*) mapfile -t words < <(rotonde list person --ids 2>/dev/null; rotonde list reflection --ids 2>/dev/null) ;;
		diff,-*) words=(--to --publication --review --names --out) ;;
		export,-*) words=(--profile --out) ;;
		import,-*) words=(--case --kind --date) ;;
		verify,-*) words=(--record) ;;
		format,-*) words=(--to --out --fonts --root --plain-metrics) ;;
		list,*) words=(publication chapter case session reflection thread imprint person organisation rotonde threads quotes voices) ;;
		names,-*|hook,-*) words=(--names) ;;
		names,*) words=(add test count) ;;
		hook,*) words=(install remove status) ;;
		new,*) words=(publication chapter case session reflection thread imprint) ;;
		export,*) [[ $previous == export ]] && words=(qdc qdpx) || mapfile -t words < <(rotonde list publication --ids 2>/dev/null) ;;
		import,*) [[ $previous == import ]] && words=(qdpx) || { mapfile -t COMPREPLY < <(compgen -f -- "$current"); return; } ;;
		build,*|watch,*|edition,*) mapfile -t words < <(rotonde list publication --ids 2>/dev/null) ;;
		*) mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
		esac
		[[ $current == -* ]] && words+=(-C --lang --format --help)
		;;
	esac
	mapfile -t COMPREPLY < <(compgen -W "${words[*]}" -- "$current")
}
complete -o filenames -F _rotonde rotonde
