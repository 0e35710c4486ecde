/**
 * On a page of its own: the panel is as high as what the phone's keyboard leaves, and stays in view. In a frame the loader
 * does this. What a zoom of the fingers takes is no keyboard: who reads under a magnifying glass moves it over the panel.
 */
export function followKeyboard(): void {
  const { visualViewport } = window;
  if (!visualViewport) return;
  const fit = () => {
    const { style } = document.documentElement;
    const { height, offsetTop, scale } = visualViewport;
    style.setProperty('--vvh', `${height * scale}px`);
    document.body.style.transform = offsetTop > 0 && scale <= 1 ? `translateY(${offsetTop}px)` : '';
  };
  visualViewport.addEventListener('resize', fit);
  visualViewport.addEventListener('scroll', fit);
}
