"""Canonical keys: which names are one thing, how a key reads, and what holds for any name."""

import csv
import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.keys import canonical_key, entity_id, spelled_key
from kg.records import KINDS, Kind
from kg.term_keys import is_short, term_keys

IDENTITY = Path(__file__).parents[2] / "shared" / "gold" / "identity.tsv"
ANY_KIND = st.sampled_from(KINDS)
NAMED_KIND = st.sampled_from(KINDS[:4])  # all but Repository
ANY_NAME = st.text() | st.text(alphabet="aB1 -_.@+$\\{}é’", max_size=30)
PLAIN_NAME = st.from_regex(r"[A-Za-z]{1,6}([ -][A-Za-z0-9]{1,4}){0,3}", fullmatch=True)


@pytest.mark.parametrize(
    ("kind", "name", "expected"),
    [
        ("Dataset", "CIFAR-10", "dataset:cifar-10"),
        ("Dataset", "WMT 2014 English-German", "dataset:wmt-2014-english-german"),
        ("Metric", "pass@1", "metric:pass-at-1"),
        ("Metric", "NDCG@10", "metric:ndcg-at-10"),
        ("Method", "S4", "method:s4"),
        ("Method", "GPT-3.5", "method:gpt-3.5"),
        ("Method", "β-VAE", "method:beta-vae"),
        ("Method", "Pokémon Net", "method:pokemonnet"),
        ("Method", r"\textbf{ZipNet}", "method:zipnet"),
        ("Method", "FCIS+++", "method:fcis-plus-plus-plus"),
        ("Task", "object detection", "task:object-detection"),
        ("Repository", "https://github.com/Acme/Tool_Kit", "repository:github.com/acme/tool_kit"),
    ],
)
def test_an_id_is_the_kind_and_a_readable_key(kind: Kind, name: str, expected: str) -> None:
    assert entity_id(kind, name) == expected


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("Method", "β-VAE", r"$\beta$-VAE"),
        ("Method", "β-VAE", "beta-VAE"),
        ("Method", r"$\alpha$-Net", "α Net"),
        ("Method", r"\textbf{ZipNet}", "ZipNet"),
        ("Method", r"$\mathcal{X}$-Net", "X-Net"),
        ("Method", r"$\pi_0$", "π0"),
        ("Method", r"$\ell_1$ regularization", "l1 regularization"),
        ("Method", "Pokémon Net", "Pokemon Net"),
        ("Method", "Schrödinger bridge", "Schrodinger Bridges"),
        ("Method", "normalisation", "normalization"),
        ("Method", "batch normalisation", "Batch Normalization"),
        ("Method", "tokenisers", "tokenizer"),
        ("Method", "graph colouring", "graph coloring"),
        ("Method", "generalised linear model", "generalized linear models"),
        ("Method", "state-space models", "state space model"),
        ("Method", "graph neural networks", "Graph Neural Network"),
        ("Method", "GNNs", "GNN"),
        ("Method", "GANs", "GAN"),
        ("Method", "LSTMs", "LSTM"),
        ("Method", "large language models", "Large Language Model"),
        ("Method", "vision transformers", "Vision Transformer"),
        ("Method", "BERT model", "BERT"),
        ("Method", "ZipNet framework", "ZipNet"),
        ("Method", "ZipNet architecture", "ZipNet"),
        ("Method", "Res-Net", "ResNet"),
        ("Method", "ResNet50", "ResNet-50"),
        ("Method", "ResNet 50", "ResNet-50"),
        ("Method", "Llama 3", "Llama-3"),
        ("Method", "LLaMA-3", "Llama 3"),
        ("Method", "Llama-3.1-8B", "Llama 3.1 8B"),
        ("Method", "GPT4", "GPT-4"),
        ("Method", "GPT 4o", "GPT-4o"),
        ("Method", "GPT4o", "GPT-4o"),
        ("Method", "GPT 3.5", "GPT-3.5"),
        ("Method", "Qwen2.5-7B", "Qwen 2.5 7B"),
        ("Method", "Qwen2.5-7B-Instruct", "Qwen2.5 7B Instruct"),
        ("Method", "DINO v2", "DINOv2"),
        ("Method", "DINO-v2", "DINOv2"),
        ("Method", "YOLO v8", "YOLOv8"),
        ("Method", "Gemini v2.0", "Gemini 2"),
        ("Method", "Gemini 2.0", "Gemini 2"),
        ("Method", "BERT-base", "BERT base"),
        ("Method", "BERT-Large", "BERT large"),
        ("Method", "BERT-large", "BERT_large"),
        ("Method", "Auto-Encoder", "autoencoder"),
        ("Method", "auto encoder", "autoencoders"),
        ("Method", "Word2Vec", "word2vec"),
        ("Method", "word-2-vec", "word2vec"),
        ("Method", "wav2vec 2.0", "Wav2Vec2"),
        ("Method", "wav2vec 2.0", "wav2vec2.0"),
        ("Method", "data2vec", "Data2Vec"),
        ("Method", "Mamba2", "Mamba-2"),
        ("Method", "Mamba 2", "Mamba-2"),
        ("Method", "ViT-B/16", "ViT-B-16"),
        ("Method", "ViT-B/16", "ViT-B16"),
        ("Method", "Stable Diffusion XL", "Stable-Diffusion-XL"),
        ("Method", "Stable Diffusion v1.5", "Stable Diffusion 1.5"),
        ("Method", "pre-training", "pretraining"),
        ("Method", "fine-tuning", "finetuning"),
        ("Method", "fine tuning", "fine-tuning"),
        ("Method", "self-attention", "self attention"),
        ("Method", "Self-Attention", "self-attentions"),
        ("Method", "Low-Rank Adaptation", "low-rank adaptation"),
        ("Method", "LoRA", "low-rank adaptation"),
        ("Method", "LoRA", "Lora"),
        ("Method", "long short-term memory", "LSTM"),
        ("Method", "retrieval-augmented generation", "Retrieval Augmented Generation"),
        ("Method", "retrieval-augmented generation (RAG)", "retrieval-augmented generation"),
        ("Method", "Mixture-of-Experts", "mixture of experts"),
        ("Method", "Chain-of-Thought", "chain of thought"),
        ("Method", "Chain-of-Thought prompting", "chain of thought prompting"),
        ("Method", "Bayes' theorem", "Bayes theorem"),
        ("Method", "Kolmogorov–Arnold Network", "Kolmogorov-Arnold networks"),
        ("Method", "Adam optimizer", "Adam optimiser"),
        ("Method", "Adam’s optimizer", "Adam's optimizer"),
        ("Method", "the Transformer", "Transformer"),
        ("Method", "Transformers", "Transformer"),
        ("Method", "FCIS+++", "FCIS +++"),
        ("Method", "DeepSeek-R1", "DeepSeek R1"),
        ("Method", "DeepSeekR1", "DeepSeek-R1"),
        ("Method", "DeepSeekMath", "DeepSeek-Math"),
        ("Method", "Open-Sora", "OpenSora"),
        ("Method", "AlphaFold2", "AlphaFold 2"),
        ("Method", "S4 model", "S4"),
        ("Method", "support vector machines", "Support Vector Machine"),
        ("Method", "Markov decision processes", "Markov Decision Process"),
        ("Method", "hidden Markov models", "Hidden Markov Model"),
        ("Method", "Mamba™", "Mamba"),
        ("Dataset", "HumanEval", "Human-Eval"),
        ("Dataset", "HumanEval", "Human Eval"),
        ("Dataset", "HumanEval+", "HumanEval Plus"),
        ("Dataset", "CIFAR-10", "CIFAR10"),
        ("Dataset", "CIFAR-10", "CIFAR 10"),
        ("Dataset", "cifar10", "CIFAR-10 dataset"),
        ("Dataset", "ImageNet", "ImageNet dataset"),
        ("Dataset", "ImageNet", "Imagenet"),
        ("Dataset", "ImageNet-1K", "ImageNet1k"),
        ("Dataset", "ImageNet-1K", "ImageNet 1K"),
        ("Dataset", "ImageNet-C", "ImageNetC"),
        ("Dataset", "foo-bench benchmark", "Foo-Bench"),
        ("Dataset", "Foo-Bench", "FooBench"),
        ("Dataset", "MS-COCO", "COCO"),
        ("Dataset", "MSCOCO", "MS COCO"),
        ("Dataset", "MS COCO", "COCO"),
        ("Dataset", "COCO-Stuff", "COCOStuff"),
        ("Dataset", "WMT'14", "WMT14"),
        ("Dataset", "WMT14", "WMT 2014"),
        ("Dataset", "WMT’14", "WMT-14"),
        ("Dataset", "WMT'14 En-De", "WMT14 English-German"),
        ("Dataset", "WMT 2014 English-to-German", "WMT14 En-De"),
        ("Dataset", "WMT'14 En-Fr", "WMT 2014 English-French"),
        ("Dataset", "WMT14 EN→DE", "WMT14 En-De"),
        ("Dataset", "CoNLL-03", "CoNLL 2003"),
        ("Dataset", "CoNLL03", "CoNLL-2003"),
        ("Dataset", "CoNLL'03", "CoNLL2003"),
        ("Dataset", "AIME'24", "AIME 2024"),
        ("Dataset", "AIME24", "AIME 2024"),
        ("Dataset", "SemEval-14", "SemEval 2014"),
        ("Dataset", "PASCAL VOC 07", "PASCAL VOC 2007"),
        ("Dataset", "PASCAL VOC 2012", "Pascal VOC2012"),
        ("Dataset", "MIMIC-III", "MIMIC III"),
        ("Dataset", "MIMIC-IV", "MIMICIV"),
        ("Dataset", "SWE-bench", "SWE-Bench"),
        ("Dataset", "SWE-bench", "SWEBench"),
        ("Dataset", "SWE-bench Verified", "SWE-Bench-Verified"),
        ("Dataset", "BIG-Bench Hard", "BIG-bench-hard"),
        ("Dataset", "MMLU-Pro", "MMLU Pro"),
        ("Dataset", "GSM8K", "GSM-8K"),
        ("Dataset", "GSM8k", "GSM 8K"),
        ("Dataset", "GSM-Hard", "GSMHard"),
        ("Dataset", "WikiText-103", "Wikitext103"),
        ("Dataset", "LibriSpeech", "Libri-Speech"),
        ("Dataset", "Flickr30k", "Flickr30K"),
        ("Dataset", "Flickr 30k", "Flickr-30K"),
        ("Dataset", "Long Range Arena", "Long-Range Arena"),
        ("Dataset", "TruthfulQA", "Truthful-QA"),
        ("Dataset", "AlpacaEval 2.0", "AlpacaEval 2"),
        ("Dataset", "AlpacaEval2.0", "AlpacaEval 2"),
        ("Dataset", "MT-Bench", "MTBench"),
        ("Dataset", "PubMed QA", "PubMedQA"),
        ("Dataset", "Penn Treebank", "Penn TreeBank"),
        ("Dataset", "the Pile", "The Pile"),
        ("Dataset", "LAION-5B", "LAION5B"),
        ("Dataset", "SQuAD v2.0", "SQuAD 2.0"),
        ("Dataset", "SQuAD2.0", "SQuAD v2"),
        ("Dataset", "KITTI data set", "KITTI dataset"),
        ("Dataset", "LiveCodeBench v6", "LiveCodeBench-v6"),
        ("Metric", "F1 score", "F1"),
        ("Metric", "F1-score", "F1"),
        ("Metric", "F1-scores", "F1"),
        ("Metric", "macro-F1", "Macro F1"),
        ("Metric", "macro F1 score", "Macro-F1"),
        ("Metric", "Pass@1", "pass@1"),
        ("Metric", "pass @ 1", "pass@1"),
        ("Metric", "pass at 1", "pass@1"),
        ("Metric", "NDCG@10", "nDCG@10"),
        ("Metric", "NDCG @10", "NDCG@10"),
        ("Metric", "top-1 accuracy", "Top1 accuracy"),
        ("Metric", "Top 1 accuracy", "top-1 Accuracy"),
        ("Metric", "Top-1 acc", "top-1 accuracy"),
        ("Metric", "ROUGE-L", "RougeL"),
        ("Metric", "ROUGE-L", "Rouge L"),
        ("Metric", "ROUGE-1", "ROUGE1"),
        ("Metric", "BLEU score", "BLEU"),
        ("Metric", "BLEU-4", "BLEU4"),
        ("Metric", "mean average precision", "Mean Average Precision"),
        ("Metric", "perplexity", "Perplexity"),
        ("Metric", "hit rate", "hit-rate"),
        ("Metric", "Hits@10", "hits@10"),
        ("Metric", "mIoU", "MIoU"),
        ("Metric", "word error rates", "word error rate"),
        ("Metric", "error rates", "error rate"),
        ("Metric", "$R^2$", "R2"),
        ("Metric", "AUC score", "AUC"),
        ("Metric", "balanced accuracies", "balanced accuracy"),
        ("Task", "question-answering", "question answering"),
        ("Task", "question answering task", "question answering"),
        ("Task", "Image Classification", "image classification"),
        ("Task", "image-classification", "image classification task"),
        ("Task", "speech recognition task", "automatic speech recognition"),
        ("Task", "text summarisation", "text summarization"),
        ("Task", "super-resolution", "superresolution"),
        ("Task", "object detection problem", "object detection"),
        ("Task", "visual question-answering", "Visual Question Answering"),
        ("Task", "named-entity recognition", "Named Entity Recognition"),
        ("Task", "multi-label classification", "multilabel classification"),
        ("Task", "tumour segmentation", "tumor segmentation"),
        ("Task", "colourisation", "colorization"),
        ("Task", "semantic segmentation", "Semantic-Segmentation"),
        ("Task", "time series forecasting", "time-series forecasting"),
        ("Task", "dialogue generation", "dialog generation"),
        ("Task", "modelling", "modeling"),
        ("Task", "speaker diarisation", "speaker diarization"),
        ("Task", "link predictions", "link prediction"),
        ("Repository", "http://www.github.com/A/b/", "https://github.com/a/B"),
        ("Repository", "https://github.com/acme/tool.git", "https://github.com/acme/tool"),
        (
            "Repository",
            "https://github.com/acme/tool/tree/main/src",
            "https://github.com/acme/tool",
        ),
        (
            "Repository",
            "https://github.com/acme/tool/blob/main/README.md#install",
            "https://github.com/acme/tool",
        ),
        ("Repository", "git@github.com:acme/tool.git", "https://github.com/acme/tool"),
        ("Repository", "ssh://git@github.com/acme/tool.git", "https://github.com/acme/tool"),
        ("Repository", "https://github.com/Acme/Tool", "https://github.com/acme/tool"),
        ("Repository", "github.com/acme/tool", "https://github.com/acme/tool"),
        ("Repository", "https://github.com/acme/tool?tab=readme", "https://github.com/acme/tool"),
        ("Repository", "https://github.com/acme/tool/", "https://github.com/acme/tool."),
        ("Repository", "https://hf.co/acme/tool", "https://huggingface.co/acme/tool"),
        (
            "Repository",
            "https://huggingface.co/datasets/acme/set/tree/main",
            "https://huggingface.co/datasets/acme/set",
        ),
        ("Repository", "https://gitlab.com/acme/tool/-/tree/main", "https://gitlab.com/acme/tool"),
        (
            "Repository",
            "https://github.com/acme/tool/issues/3",
            "https://github.com/acme/tool/releases",
        ),
        ("Repository", "HTTPS://GITHUB.COM/acme/tool", "https://github.com/acme/tool"),
    ],
)
def test_spellings_of_one_thing_share_a_key(kind: Kind, one: str, other: str) -> None:
    assert canonical_key(kind, one) == canonical_key(kind, other)


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("Method", "ViT-S", "VITS"),
        ("Method", "ViT-B", "ViT-L"),
        ("Method", "ViT-B/16", "ViT-B/32"),
        ("Method", "ViT", "VITS"),
        ("Method", "LoRA", "DoRA"),
        ("Method", "LoRA", "QLoRA"),
        ("Method", "T5", "mT5"),
        ("Method", "T5", "Flan-T5"),
        ("Method", "BERT", "ALBERT"),
        ("Method", "BERT", "RoBERTa"),
        ("Method", "BERT-base", "BERT-large"),
        ("Method", "BERT", "mBERT"),
        ("Method", "GPT-3", "GPT-3.5"),
        ("Method", "GPT-4", "GPT-4o"),
        ("Method", "GPT-4", "GPT-4.1"),
        ("Method", "GPT-4o", "GPT-4o mini"),
        ("Method", "GPT-4", "GPT-4 Turbo"),
        ("Method", "GPT-2", "GPT-J"),
        ("Method", "Llama-2", "Llama-3"),
        ("Method", "Llama-3", "Llama-3.1"),
        ("Method", "Llama-3-7B", "Llama-3-8B"),
        ("Method", "Llama-2-7B", "Llama-2-70B"),
        ("Method", "Llama-2-7B", "Llama-27B"),
        ("Method", "Llama 3 8B", "Llama 38B"),
        ("Method", "Qwen2", "Qwen2.5"),
        ("Method", "Qwen2.5-7B", "Qwen2.5-72B"),
        ("Method", "Qwen2.5-7B", "Qwen2.5-7B-Instruct"),
        ("Method", "Qwen2.5", "Qwen25"),
        ("Method", "Qwen-VL", "Qwen2-VL"),
        ("Method", "Qwen", "Qwen-VL"),
        ("Method", "Stable Diffusion 1.5", "Stable Diffusion XL"),
        ("Method", "Stable Diffusion", "Stable Diffusion XL"),
        ("Method", "Stable Diffusion 1.5", "Stable Diffusion 2.1"),
        ("Method", "XLNet", "XNet"),
        ("Method", "DINO", "DINOv2"),
        ("Method", "DINOv2", "DINOv3"),
        ("Method", "YOLOv5", "YOLOv8"),
        ("Method", "YOLOv8", "YOLOX"),
        ("Method", "Mamba", "Mamba-2"),
        ("Method", "Mamba", "VMamba"),
        ("Method", "S4", "S5"),
        ("Method", "S4", "S4D"),
        ("Method", "S4", "S4ND"),
        ("Method", "S6", "S4"),
        ("Method", "ResNet-18", "ResNet-50"),
        ("Method", "ResNet-50", "ResNet-101"),
        ("Method", "ResNet", "ResNeXt"),
        ("Method", "ResNet", "PreResNet"),
        ("Method", "DPO", "GRPO"),
        ("Method", "DPO", "PPO"),
        ("Method", "PPO", "MAPPO"),
        ("Method", "GAN", "WGAN"),
        ("Method", "WGAN", "WGAN-GP"),
        ("Method", "VAE", "VQ-VAE"),
        ("Method", "VQ-VAE", "VQ-VAE-2"),
        ("Method", "β-VAE", "VAE"),
        ("Method", "α-Net", "β-Net"),
        ("Method", "linear attention", "Lightning Attention"),
        ("Method", "self-attention", "cross-attention"),
        ("Method", "ranking model", "ranking"),
        ("Method", "Bayesian network", "Bayesian model"),
        ("Method", "graph neural network", "graph attention network"),
        ("Method", "SAM", "SAM 2"),
        ("Method", "SAC", "SAC-N"),
        ("Method", "Adam", "AdamW"),
        ("Method", "RWKV-6", "RWKV-7"),
        ("Method", "DeepSeek-V3", "DeepSeek-R1"),
        ("Method", "DeepSeek-V2", "DeepSeek-V3"),
        ("Method", "DeepSeek", "DeepSeekMath"),
        ("Method", "o1", "o3"),
        ("Method", "o1", "o1-mini"),
        ("Method", "Claude 3", "Claude 3.5"),
        ("Method", "Gemini 1.5 Pro", "Gemini 1.5 Flash"),
        ("Method", "Gemini 2.0", "Gemini 2.5"),
        ("Method", "Phi-3", "Phi-3.5"),
        ("Method", "CLIP", "BLIP"),
        ("Method", "BLIP", "BLIP-2"),
        ("Method", "A2C", "A3C"),
        ("Method", "TD3", "TD-MPC"),
        ("Method", "DQN", "DDQN"),
        ("Method", "AlphaGo", "AlphaGo Zero"),
        ("Method", "AlphaFold 2", "AlphaFold 3"),
        ("Method", "FCIS+++", "FCIS++"),
        ("Method", "C", "C++"),
        ("Method", "C", "C#"),
        ("Method", "Swin", "Swin V2"),
        ("Method", "Swin-T", "Swin-S"),
        ("Method", "3DGS", "2DGS"),
        ("Method", "MAPS", "MAP"),
        ("Method", "GNNS", "GNN"),
        ("Method", "CNN", "RCNN"),
        ("Method", "Faster R-CNN", "Mask R-CNN"),
        ("Method", "Transformer", "Transformer-XL"),
        ("Method", "Vicuna-7B", "Vicuna-13B"),
        ("Method", "Mixtral 8x7B", "Mixtral 8x22B"),
        ("Method", "SDXL", "SD"),
        ("Method", "k-NN", "k-means"),
        ("Method", "GAT", "GATv2"),
        ("Method", "L1 loss", "L2 loss"),
        ("Dataset", "CIFAR-10", "CIFAR-100"),
        ("Dataset", "CIFAR-10", "CIFAR-10-C"),
        ("Dataset", "CIFAR-10", "CIFAR-10.1"),
        ("Dataset", "ImageNet", "ImageNet-C"),
        ("Dataset", "ImageNet-C", "ImageNet-A"),
        ("Dataset", "ImageNet-A", "ImageNet-R"),
        ("Dataset", "ImageNet-R", "ImageNet-V2"),
        ("Dataset", "ImageNet", "ImageNet-V2"),
        ("Dataset", "ImageNet-1K", "ImageNet-21K"),
        ("Dataset", "ImageNet", "Tiny ImageNet"),
        ("Dataset", "COCO", "COCO-Stuff"),
        ("Dataset", "COCO", "RefCOCO"),
        ("Dataset", "RefCOCO", "RefCOCO+"),
        ("Dataset", "RefCOCO", "RefCOCOg"),
        ("Dataset", "COCO 2014", "COCO 2017"),
        ("Dataset", "HumanEval", "HumanEval+"),
        ("Dataset", "HumanEval", "HumanEval-X"),
        ("Dataset", "MBPP", "MBPP+"),
        ("Dataset", "WMT14", "WMT16"),
        ("Dataset", "WMT14 En-De", "WMT14 En-Fr"),
        ("Dataset", "WMT14 En-De", "WMT14 De-En"),
        ("Dataset", "WMT14 En-De", "WMT16 En-De"),
        ("Dataset", "WMT14", "WMT14 En-De"),
        ("Dataset", "CoNLL-03", "CoNLL-04"),
        ("Dataset", "CoNLL-2003", "CoNLL-2012"),
        ("Dataset", "AIME 2024", "AIME 2025"),
        ("Dataset", "PASCAL VOC 2007", "PASCAL VOC 2012"),
        ("Dataset", "MIMIC-III", "MIMIC-IV"),
        ("Dataset", "MIMIC-CXR", "MIMIC-III"),
        ("Dataset", "SWE-bench", "SWE-bench Verified"),
        ("Dataset", "SWE-bench Lite", "SWE-bench Verified"),
        ("Dataset", "BIG-Bench", "BIG-Bench Hard"),
        ("Dataset", "MMLU", "MMLU-Pro"),
        ("Dataset", "MMLU", "CMMLU"),
        ("Dataset", "MMMU", "MMLU"),
        ("Dataset", "GSM8K", "GSM-Hard"),
        ("Dataset", "GSM8K", "GSM-Plus"),
        ("Dataset", "MNIST", "EMNIST"),
        ("Dataset", "MNIST", "Fashion-MNIST"),
        ("Dataset", "Flickr8K", "Flickr30K"),
        ("Dataset", "KITTI", "KITTI-360"),
        ("Dataset", "LiveBench", "LiveCodeBench"),
        ("Dataset", "ARC-AGI-1", "ARC-AGI-2"),
        ("Dataset", "ARC-Easy", "ARC-Challenge"),
        ("Dataset", "WikiText-2", "WikiText-103"),
        ("Dataset", "SQuAD", "SQuAD 2.0"),
        ("Dataset", "SQuAD 1.1", "SQuAD 2.0"),
        ("Dataset", "AlpacaEval", "AlpacaEval 2.0"),
        ("Dataset", "VTAB", "VTAB-1k"),
        ("Dataset", "QM7", "QM9"),
        ("Dataset", "LAION-400M", "LAION-5B"),
        ("Dataset", "ScanNet", "ScanNet++"),
        ("Dataset", "Math", "MATH-500"),
        ("Dataset", "VQA", "VQAv2"),
        ("Dataset", "LRS2", "LRS3"),
        ("Dataset", "GLUE", "SuperGLUE"),
        ("Dataset", "DAVIS 2016", "DAVIS 2017"),
        ("Dataset", "ModelNet10", "ModelNet40"),
        ("Metric", "pass@1", "pass@10"),
        ("Metric", "pass@1", "pass@100"),
        ("Metric", "pass@1", "pass^1"),
        ("Metric", "NDCG@5", "NDCG@10"),
        ("Metric", "NDCG", "NDCG@10"),
        ("Metric", "Recall@1", "Recall@10"),
        ("Metric", "Recall@10", "Precision@10"),
        ("Metric", "Hits@1", "Hits@10"),
        ("Metric", "Top-1 accuracy", "Top-5 accuracy"),
        ("Metric", "Top-1 accuracy", "accuracy"),
        ("Metric", "ROUGE-1", "ROUGE-2"),
        ("Metric", "ROUGE-1", "ROUGE-L"),
        ("Metric", "ROUGE-L", "ROUGE-Lsum"),
        ("Metric", "BLEU-1", "BLEU-4"),
        ("Metric", "BLEU", "sacreBLEU"),
        ("Metric", "F1", "F2"),
        ("Metric", "macro-F1", "micro-F1"),
        ("Metric", "F1", "accuracy"),
        ("Metric", "AP50", "AP75"),
        ("Metric", "AP", "mAP"),
        ("Metric", "mAP@0.5", "mAP@0.75"),
        ("Metric", "mAP@50", "mAP@50-95"),
        ("Metric", "FID", "FVD"),
        ("Metric", "FID-10k", "FID-50k"),
        ("Metric", "MAE", "RMSE"),
        ("Metric", "MSE", "RMSE"),
        ("Metric", "IoU", "mIoU"),
        ("Metric", "AUC", "AUPRC"),
        ("Metric", "MAP", "MAPS"),
        ("Metric", "MAPE", "MAE"),
        ("Metric", "WER", "CER"),
        ("Metric", "PSNR", "SSIM"),
        ("Task", "image classification", "image generation"),
        ("Task", "object detection", "3D object detection"),
        ("Task", "2D pose estimation", "3D pose estimation"),
        ("Task", "question answering", "visual question answering"),
        ("Task", "node classification", "graph classification"),
        ("Task", "text-to-image generation", "image-to-text generation"),
        ("Task", "semantic segmentation", "instance segmentation"),
        ("Task", "speech recognition", "speaker recognition"),
        ("Task", "video captioning", "image captioning"),
        ("Task", "few-shot learning", "zero-shot learning"),
        ("Repository", "https://github.com/a/b", "https://github.com/a/b-2"),
        ("Repository", "https://github.com/a/b", "https://gitlab.com/a/b"),
        ("Repository", "https://github.com/a/b", "https://github.com/c/b"),
        ("Repository", "https://github.com/a/b", "https://github.com/a/b_"),
        ("Repository", "https://github.com/a/b", "https://github.com/ab/b"),
        ("Repository", "https://huggingface.co/a/b", "https://huggingface.co/datasets/a/b"),
        ("Repository", "https://huggingface.co/a/b", "https://huggingface.co/spaces/a/b"),
        ("Repository", "https://github.com/a/b.js", "https://github.com/a/b"),
        ("Repository", "https://github.com/a/bjs", "https://github.com/a/b.js"),
        ("Repository", "https://github.com/a-b/c", "https://github.com/a/b-c"),
        (
            "Repository",
            "https://anonymous.4open.science/r/one",
            "https://anonymous.4open.science/r/two",
        ),
        ("Repository", "git@github.com:a/b.git", "git@github.com:c/b.git"),
    ],
)
def test_different_things_have_different_keys(kind: Kind, one: str, other: str) -> None:
    assert canonical_key(kind, one) != canonical_key(kind, other)


def test_of_the_judged_pairs_none_is_joined_wrongly_and_nearly_all_are_joined() -> None:
    with IDENTITY.open(encoding="utf-8") as file:
        pairs = list(csv.DictReader(file, delimiter="\t"))
    joined = [
        (pair["verdict"], pair["left"], pair["right"])
        for pair in pairs
        if canonical_key(pair["kind"], pair["left"]) == canonical_key(pair["kind"], pair["right"])
    ]
    same = [pair for pair in pairs if pair["verdict"] == "same"]

    assert [pair for pair in joined if pair[0] == "different"] == []
    assert len(joined) >= 0.95 * len(same)


@given(ANY_KIND, ANY_NAME)
def test_a_key_is_never_empty_and_is_ascii_without_white_space(kind: Kind, name: str) -> None:
    key = canonical_key(kind, name)

    assert re.fullmatch(r"[!-~]+", key)
    assert key == key.lower()


@given(NAMED_KIND, PLAIN_NAME)
def test_the_key_of_a_key_is_the_key_itself(kind: Kind, name: str) -> None:
    key = canonical_key(kind, name)

    assert canonical_key(kind, key) == key


@given(st.sampled_from(["Dataset", "Repository"]), PLAIN_NAME)
def test_capitals_do_not_matter(kind: Kind, name: str) -> None:
    assert canonical_key(kind, name.upper()) == canonical_key(kind, name.lower())


@given(NAMED_KIND, PLAIN_NAME)
def test_hyphens_and_spaces_are_one(kind: Kind, name: str) -> None:
    assert canonical_key(kind, name.replace("-", " ")) == canonical_key(
        kind, name.replace(" ", "-")
    )


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://github.com/Acme/Tool", "github.com/acme/tool"),
        ("http://www.github.com/acme/tool/", "github.com/acme/tool"),
        ("https://huggingface.co/datasets/Acme/d.1", "huggingface.co/datasets/acme/d.1"),
        ("https://github.com/acme/to ol", "github.com/acme/to%20ol"),
        ("", "unknown"),
    ],
)
def test_the_key_of_a_repository_is_lower_case_host_owner_and_name(url: str, expected: str) -> None:
    assert canonical_key("Repository", url) == expected


@pytest.mark.parametrize(
    ("name", "spellings", "expected"),
    [
        ("ZipNet", ["ZipNet"], ("zipnet", "")),
        ("neural image machine", ["neural image machine", "NIM"], ("neural-image-machine", "nim")),
        ("NIM", ["NIM", "neural image machine"], ("neural-image-machine", "nim")),
        (
            "image machine",
            ["image machine", "neural image machine", "NIM"],
            ("image-machine", "nim"),
        ),
        ("NIM", ["NIM", "image machine", "neural image machine"], ("neural-image-machine", "nim")),
        (
            "neural image machine",
            ["neural image machine", "NIN", "NIM", "NIM"],
            ("neural-image-machine", "nim"),
        ),
        (
            "neural image machine",
            ["neural image machine", "NIN", "NIM"],
            ("neural-image-machine", "nim"),
        ),
        ("residual network", ["residual network", "ResNet"], ("resnet", "resnet")),
        ("RAG", ["RAG"], ("rag", "")),
        ("ResNet", ["ResNet"], ("resnet", "")),
        (
            "retrieval-augmented generation",
            ["retrieval-augmented generation"],
            ("retrieval-augmented-generation", ""),
        ),
        (
            "spatial attention module",
            ["spatial attention module", "SAM"],
            ("spatial-attention-module", "sam"),
        ),
    ],
)
def test_what_is_spelled_out_decides_what_a_term_is_and_its_acronym_stands_beside_it(
    name: str, spellings: list[str], expected: tuple[str, str]
) -> None:
    assert term_keys("Method", name, spellings) == expected


@given(
    st.sampled_from([["neural image machine", "imaging", "NIM", "NI", "ResNet", "RAG"]]), st.data()
)
def test_the_order_of_the_spellings_of_a_term_does_not_matter(
    texts: list[str], data: st.DataObject
) -> None:
    spellings = data.draw(st.lists(st.sampled_from(texts), min_size=1))
    shuffled = data.draw(st.permutations(spellings))

    assert term_keys("Method", spellings[0], shuffled) == term_keys(
        "Method", spellings[0], spellings
    )


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("RAG", True),
        ("RetNet", True),
        ("GPT-4", True),
        ("MoE", True),
        ("F1", True),
        ("Mamba", False),
        ("mamba", False),
        ("retrieval-augmented generation", False),
        ("Chain-of-Thought", False),
        ("A", False),
        ("Mixture of Experts", False),
    ],
)
def test_an_acronym_is_short_and_has_two_capitals_or_digits(name: str, expected: bool) -> None:
    assert is_short(name) is expected


@pytest.mark.parametrize(
    ("name", "meaning", "spelling"),
    [
        ("RAG", "retrieval-augmented-generation", "rag"),
        ("GAN", "gan", "gan"),
        ("LoRA", "lora", "lora"),
    ],
)
def test_a_listed_acronym_has_the_key_of_its_meaning_and_one_of_its_letters(
    name: str, meaning: str, spelling: str
) -> None:
    assert canonical_key("Method", name) == meaning
    assert spelled_key("Method", name) == spelling


@pytest.mark.parametrize(
    "piece", ["a 1 b 2 ", "a", "$\\text{", "{", "model ", "é", "1.1.", "-", "\\alpha", "ss"]
)
@pytest.mark.parametrize("kind", ["Method", "Repository"])
def test_a_very_long_name_takes_no_long_time(kind: Kind, piece: str) -> None:
    name = piece * (100_000 // len(piece))
    before = time.perf_counter()

    canonical_key(kind, name)

    assert time.perf_counter() - before < 5


def test_letters_without_a_plain_form_still_tell_names_apart() -> None:
    keys = {
        canonical_key("Method", name) for name in ("模型-2", "数据-2", "2", "AlexNet", "AlexNet 模")
    }

    assert len(keys) == 5
    assert all(key.isascii() for key in keys)
