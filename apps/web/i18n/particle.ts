type Ending = 'open' | 'closed' | 'rieul';

// How the last sign is read: 영 일 이 삼 사 오 육 칠 팔 구.
const digits: Ending[] = ['closed', 'rieul', 'open', 'closed', 'open', 'open', 'closed', 'rieul', 'rieul', 'open'];

/** The form of a particle that follows `word`: 을/를, 이/가, 으로/로 (which treats a final ㄹ as if it were open). */
export function particle(word: string, closed: string, open: string): string {
  const ending = endingOf(word);
  if (ending === 'rieul') return closed.startsWith('으') ? open : closed;
  return ending === 'closed' ? closed : open;
}

function endingOf(word: string): Ending {
  const last = word.trim().at(-1)?.toLowerCase() ?? '';
  if (/[0-9]/.test(last)) return digits[Number(last)] ?? 'open';
  const syllable = last.charCodeAt(0) - 0xac00;
  if (syllable >= 0 && syllable < 11_172) return syllable % 28 === 0 ? 'open' : syllable % 28 === 8 ? 'rieul' : 'closed';
  // Latin words by their last letter, as most are read: web -> 웹, map -> 맵, link -> 링크.
  if (last === 'l') return 'rieul';
  return /[mnbp]/.test(last) ? 'closed' : 'open';
}
