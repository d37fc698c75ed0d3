#!/bin/sh
# From the gold annotations and the abstracts to the pipeline that ships: `sh training/run.sh WORK`.
# A step whose result lies in WORK already is not done again.
set -eu
work=${1:-.cache/training}
python=${PYTHON:-python}
silver=${SILVER:-45000}
relations=${RELATIONS:-16000}
shape="--width ${WIDTH:-128} --depth ${DEPTH:-4}"

done_already() { [ -e "$work/$1" ]; }
student() { done_already "$1.pt" || $python -m training.student "$work" --out "$@" $shape; }

mkdir -p "$work"
done_already teacher.pt || $python -m training.teacher fit "$work"
$python -m training.teacher label "$work" --papers "$silver"
student silver --silver "$silver" --no-gold --epochs 5
for fold in 0 1 2; do  # what each says of papers that it has not seen teaches the scorer
	student "fold$fold" --start silver --fold "$fold" --folds 3 --epochs 2 --rate 7e-4
done
student student --start silver --epochs 2 --rate 7e-4
$python -m training.scorer "$work" \
	--students fold0.unseen fold1.unseen fold2.unseen --dev student.dev
$python -m training.pack "$work" --student student

reader() { done_already "$1.pt" || $python -m training.read_relations "$work" --out "$@"; }

done_already relation_teacher.pt || $python -m training.relation_teacher fit "$work"
$python -m training.relation_teacher label "$work" --papers "$relations"
reader relations --silver "$relations" --no-gold --epochs 5
for fold in 0 1 2; do
	reader "reader$fold" --start relations --fold "$fold" --folds 3 --epochs 2 --rate 7e-4
done
reader reader --start relations --epochs 2 --rate 7e-4
$python -m training.pack "$work" --student student \
	--reader reader --folds reader0 reader1 reader2
