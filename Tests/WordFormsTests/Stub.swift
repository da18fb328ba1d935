import WordForms
