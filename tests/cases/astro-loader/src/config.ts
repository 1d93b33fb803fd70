export const NOTES = 'notes';

export const SITE = {
  website: 'https://loader.example/',
  title: 'Loader',
  desc: 'Notes from elsewhere',
  author: 'Lea Lader',
} as const;
