/** Who wrote, as a letter says it. */
export interface Sender {
  /** As the letter has it; empty when it has none. */
  name: string;
  /** As the letter has it, byte for byte. */
  address: string;
}
