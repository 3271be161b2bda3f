// Offers to copy the code. Without this script the code can be selected and copied by hand.
const code = document.querySelector('#snippet');
const button = document.querySelector('#copy');
const said = document.querySelector('#copied');
if (code instanceof HTMLTextAreaElement && button instanceof HTMLButtonElement && navigator.clipboard) {
  button.hidden = false;
  button.addEventListener('click', () => {
    navigator.clipboard.writeText(code.value).then(
      () => {
        said.textContent = 'Copied. Now paste it into your page.';
      },
      () => {
        code.select();
        said.textContent =
          'Your browser did not let us copy it. The code is selected: copy it with your keyboard.';
      },
    );
  });
}
