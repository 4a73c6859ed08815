/** Amounts as metrics-server writes them. */
export const cpuText = (nanoCores: number): string => `${Math.round(nanoCores)}n`;
export const memoryText = (bytes: number): string => `${Math.round(bytes / 1024)}Ki`;
