// Happens in the browser alone: the tracker tells the shop's own address and the Pixel, under one id.
const button = document.querySelector('[data-save]')

button?.addEventListener('click', () => {
  // None on a page whose visitor has not allowed it.
  window.tracker?.track('AddToWishlist', JSON.parse(button.dataset.save))
  button.textContent = 'Saved for later'
  button.disabled = true
})
