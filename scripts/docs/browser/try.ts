const here = document.querySelector('#try');
if (here !== null) here.textContent = location.hash;
export {};
