"""The words that rules look for, as lists that can be read and grown."""

import re

from kg.records import Kind


def one_of(words: str) -> str:
    """A pattern for any of the words; `*` at the end of one stands for any ending."""
    return (
        "(?:"
        + "|".join(word.replace("*", r"\w*").replace("_", " ") for word in words.split())
        + ")"
    )


MAKE = one_of(
    "propos* present* introduc* develop* design* describ* devis* releas* build* construct* creat*"
    " contribut* offer* unveil* establish* curate* collect*"
)
CALLED = one_of(
    "called named dubbed termed denoted denoted_as denoted_by coined namely referred_to_as"
    " refer_to_as we_call we_name we_term we_dub which_we_call"
)
WORK = one_of("method framework algorithm model approach system architecture network loss pipeline")
PREPOSITION = one_of("on upon of for to using with from by in via through based that which and")
MADE = one_of("proposed introduced presented developed designed devised")
OWN_DATA = one_of("datasets? data_set database benchmarks? corpus corpora testbed suite collection")
DATA_BEHIND = one_of(
    "datasets? data_sets? benchmarks? corpus corpora test_sets? leaderboards? challenges?"
    " simulators?"
)
DATA_LISTED = one_of("datasets? benchmarks? corpora corpus environments? suites?")
EVALUATE = one_of(
    "evaluat* experiment* results? test tested validat* performance train trained accuracy score"
    " scores scored achiev* state-of-the-art"
)
COMPARE = one_of(
    "outperform* surpass* exceed* beat* compared_to compared_with comparable_to comparable_with"
    " better_than than over baselines?_such_as baselines?_like baselines?_including"
)
BEFORE_TASK = one_of(
    "for of on in to as address tackle improve study enhance support including task_of"
)
NO_TASK_START = one_of(
    "the a an our this each their its such both more new novel better improved effective efficient"
    " accurate robust reliable scalable"
)
NO_TASK_BEHIND = one_of(
    "model* method* task* system* quality accuracy result* performance process* framework*"
    " approach* error* rate* module* pipeline* algorithm*"
)
NOT_IN_TASK = one_of(
    "the a an and or of for in on to with by from that which is are as our we their its this at"
    " these such both via using into model models existing various different other new novel while"
)
METRIC_HEADS = one_of(
    "accuracy accuracies scores? error errors rates? precision recall latency throughput speedups?"
    " AP F1 AUC correlation perplexity"
)
FAMILIES = one_of(  # of models whose names go on with a version
    "GPT PaLM ChatGPT Claude Gemini Gemma Llama LLaMA Qwen DeepSeek Mistral Mixtral Phi Grok GLM"
    " Kimi InternVL InternLM Yi OLMo Granite Nova Opus Sonnet"
)
VARIANTS = one_of(
    r"\d{1,3}(?:\.\d{1,2})?[BMbm] Pro Flash Flash-Lite Lite Sonnet Opus Haiku Mini mini nano Nano"
    r" Turbo turbo Instruct Chat Coder Math VL Omni Max Plus Small Large Medium Thinking it"
)
SIZES = one_of("base large small medium tiny mini nano huge oss max pro turbo val test dev")
NOT_IN_METRIC = one_of(
    "the a an and or of for in on to with by from that which is are as our we their its this at"
    " reduc* improv* achiev* increas* lower* higher better drop* gain* rais* surpass* reach*"
    " obtain* more less fewer final relative absolute average mean overall despite has have had"
    " get* scores"
)
TASK_HEADS = one_of(
    "generation recognition detection translation answering segmentation classification"
    " recommendations? retrieval extraction prediction parsing captioning estimation"
    " summari[sz]ation completion synthesis understanding forecasting disambiguation reconstruction"
    " locali[sz]ation navigation editing unlearning tracking tagging reasoning verification"
    " restoration manipulation modell?ing grounding matching diagnosis identification assessment"
    " registration"
)
_HEADS: dict[Kind, str] = {  # the first kind that fits counts
    "Dataset": one_of(
        "datasets? benchmarks? corpus bench suites? collections? treebanks? challenges? arena exam"
    ),
    "Metric": one_of(
        "errors? scores? rates? accuracy metrics? index ratios? distances? latency gains?"
        " correlations? coefficients? precision recall"
    ),
    "Task": one_of(
        "generation recognition detection translation answering segmentation classification"
        " recommendation retrieval extraction prediction parsing captioning estimation"
        " summarization completion synthesis understanding forecasting disambiguation"
        " reconstruction localization navigation adaptation editing unlearning tracking tagging"
        " inference"
    ),
    "Method": one_of(
        "networks? models? transformers? learning attention algorithms? optimi[sz]ation optimizer"
        " method framework decoding encoders? decoders? autoencoders? machines? sampling search"
        " training tuning distillation regularization mechanism module mixtures? experts? policy"
        " gradient descent diffusion flows? embeddings? alignment systems? agents? process"
        " processes prompting augmentation loss adapters? memory planning thought quantization"
        " pruning architecture pipeline generator transfer reasoner parallelism merging carlo"
        " perceptrons? units? trees? forests? attack estimator normalization scaling fields?"
        " splatting equations? filters? walks? bandits?"
    ),
}
_KIND_BY_HEAD: list[tuple[Kind, re.Pattern[str]]] = [
    (kind, re.compile(f"{heads}$", re.IGNORECASE)) for kind, heads in _HEADS.items()
]
ADJECTIVE = re.compile(
    "-"
    + one_of(
        "adaptive agent as assisted augmented aware based centric conditioned context cost data"
        " dense dependent dimensional distribution domain driven efficient enabled end enhanced"
        " evolving free generated grained guided hop horizon in-the-loop induced informed invariant"
        " language level like lingual modal only order oriented parameter powered preserving"
        " quality rank scale shot source specific stage step style supervised task term time"
        " trained tuned tuning turn view wise world"
    )
    + "$",
    re.IGNORECASE,
)
NO_NAMES = frozenset(
    """
    A AI An The We Our This These In On To For It Its However While I II III API APIs AGI CPU CPUs
    GPU GPUs TPU TPUs SOTA SoTA URL PDF 1D 2D 3D 4D US USA UK EU IEEE NeurIPS ICLR ICML CVPR ACL
    EMNLP AAAI GitHub Python Java JavaScript SQL HTML HTTP JSON XML TeX LaTeX NLP ML DL RL CV NVIDIA
    AMD Intel H100 A100 H200 V100 English Chinese French German Spanish Japanese Hindi Arabic
    Italian Dutch Indian Portuguese Russian Korean Turkish Greek African European American Asian
    Western Romanian Code Project Data Experiments Extensive Results Additionally Moreover
    Furthermore Google OpenAI Meta Microsoft IoT RGB LiDAR ID OOD RGB-D Internet Web Bayesian
    Gaussian Markov Euclidean Boolean Fourier CUDA RAM QA State-of-the-art Large Language Models
    Model Neural Network Networks KV GUI UI MRI CT UAV UAVs GPS EHR EHRs L2 AR OR KL Benchmark
    Existing EEG ECG fMRI SAR HD HDR RS STEM CO2 COVID-19 SRAM DRAM FPGA FPGAs GUIs UIs LMs TV PC
    HuggingFace C++ Rust Linux Windows Android iOS Apache MIT AWS arXiv OSS Part Section Task Tasks
    Then Here First Second Third Next Finally Also Thus Therefore Hence Using Across Both Given
    Theorem Beyond Towards Toward When How Why What Where Position Survey
    """.split()  # noqa: SIM905 - a list of words reads better so
)


def kind_of_phrase(phrase: str) -> Kind | None:
    """The kind that the head noun of `phrase` tells, such as Task for `image generation`."""
    return next((kind for kind, heads in _KIND_BY_HEAD if heads.search(phrase)), None)
