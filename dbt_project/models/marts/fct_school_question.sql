with

questions as (
    select * from {{ ref('int_questions_raised') }}
),

scope as (
    select distinct
        school_year,
        school_code
    from {{ ref('fct_school_scope') }}
    where in_scope
),

final as (
    select
        questions.standard_code,
        questions.school_year,
        questions.school_code,
        questions.stage,
        questions.question_code,
        questions.subject_code,
        questions.subject,
        questions.value,
        questions.line,
        questions.wording_zh,
        questions.wording_en
    from questions
    inner join scope using (school_year, school_code)
)

select * from final
