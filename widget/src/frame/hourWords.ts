/** `17:00` is "17", `17:30` is "17.30": the word "uur" follows. */
export const hourWords = (time: string): string => {
  const [hour = '', minute = '00'] = time.split(':');
  return minute === '00' ? String(Number(hour)) : `${Number(hour)}.${minute}`;
};
