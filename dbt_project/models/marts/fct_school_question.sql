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

-- A school with seventy full classes is asked about the fullest, not seventy times.
ranked as (
    select
        questions.*,
        row_number() over (
            partition by
                questions.standard_code,
                questions.school_year,
                questions.school_code,
                questions.stage,
                questions.question_code
            order by
                case
                    when questions.question_code = 'class_size' then questions.line - questions.value
                    else questions.value - questions.line
                end nulls last,
                questions.subject_code
        ) as place,
        {{ parameter('rehearsal_questions_a_kind', row='questions') }} as most
    from questions
    inner join scope
        on questions.school_year = scope.school_year and questions.school_code = scope.school_code
),

final as (
    select
        standard_code,
        school_year,
        school_code,
        stage,
        question_code,
        subject_code,
        subject,
        value,
        line,
        wording_zh,
        wording_en
    from ranked
    where place <= most
)

select * from final
