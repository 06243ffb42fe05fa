/**
 * Figures of the field that the model falls back on where an author declares nothing. Each says where it comes from;
 * each gives way to a declared property.
 */

/**
 * Accelerator memory for each trained parameter in bytes, mixed precision with Adam: 2 weights, 2 gradients, and 12 of
 * optimiser state (a copy of the weights, momentum and variance at 4 each). Rajbhandari et al., ZeRO, 2020, section 3.1.
 * Overridden by `memory_per_parameter` of a training.
 */
export const TRAINING_BYTES_PER_PARAMETER = 16;

/** Bytes for each frozen parameter under low-rank adapters: 16-bit weights without gradients. Hu et al., LoRA, 2021. */
export const LORA_BYTES_PER_PARAMETER = 2;

/**
 * Bytes for each frozen parameter under quantised low-rank adapters: 4 bits, and 0.127 bits of quantisation constants.
 * Dettmers et al., QLoRA, 2023, section 3.
 */
export const QLORA_BYTES_PER_PARAMETER = 0.516;

/** Adapters, as a share of all parameters; papers report 0.1 to 1 %, so this errs on the large side. */
export const ADAPTER_SHARE = 0.01;

/** Bytes for each parameter by the precision of the weights: the width of the number format. */
export const BYTES_PER_PARAMETER = {
  fp64: 8, fp32: 4, tf32: 4, bf16: 2, fp16: 2, fp8: 1, int8: 1, int4: 0.5, fp4: 0.5,
} as const;

/** Precision of served weights where none is declared: published weights are 16-bit. */
export const DEFAULT_PRECISION = 'bf16';

/** Share of device memory that a job can use; the rest goes to the driver, kernels and fragmentation. vLLM’s default, `gpu_memory_utilization` 0.9. */
export const USABLE_MEMORY = 0.9;

/** Peak over mean rate where only a volume is known. A planning value for consumer traffic. */
export const PEAK_FACTOR = 5;
